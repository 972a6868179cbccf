"""Feeds as sites write them: a whole RSS and a whole Atom feed, what may vary in them, and what is odd."""

from collections.abc import Iterator

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="/feed.xsl" type="text/xsl"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
  xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Newsroom &amp; co</title><atom:link href="https://ex.org/feed/" rel="self"/>
<link>https://ex.org/</link><description>What we do</description><language>fr-FR</language>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<image><url>https://ex.org/i.png</url><title>Picture</title><link>https://ex.org/</link></image>
<item><title>Lyon : un site à l’été &#8230;</title><link>https://ex.org/lyon/?utm_source=rss&amp;b=1</link>
<dc:creator><![CDATA[Zoé]]></dc:creator><pubDate>Mon, 02 Nov 2026 10:00:00 +0200</pubDate>
<category><![CDATA[Sites]]></category><guid isPermaLink="false">https://ex.org/?p=71</guid>
<description><![CDATA[<p>Un <b>site</b> neuf&nbsp;: l&#8217;été &amp; la suite</p>]]></description>
<content:encoded><![CDATA[<p>Tout</p><table><tr><td>x</td></tr></table>]]></content:encoded>
<slash:comments>0</slash:comments><media:thumbnail url="https://ex.org/t.png"/></item>
<item><title><![CDATA[It&#8217;s R&amp;D]]></title><link>https://ex.org/rd/</link>
<dc:creator>Max</dc:creator><pubDate>Tue, 3 Nov 2026 08:00:00 GMT</pubDate>
<guid isPermaLink="false">rd 2</guid>
<description>&lt;p&gt;Escaped &lt;em&gt;words&lt;/em&gt;&lt;/p&gt;</description>
<enclosure url="https://ex.org/a.mp3" length="1" type="audio/mpeg"/></item>
</channel></rss>"""

ATOM = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<generator uri="https://gen/" version="4">Gen</generator>
<link href="https://ex.org/feed.xml" rel="self"/>
<link href="https://ex.org/" rel="alternate" type="text/html"/>
<updated>2026-11-03T08:00:00+00:00</updated><id>https://ex.org/feed.xml</id>
<title type="html">News &amp;amp; more</title>
<entry><title type="html">R&amp;amp;D at work</title>
<link href="https://ex.org/a.html" rel="alternate" type="text/html"/>
<published>2026-11-02T23:30:00.123+01:00</published><updated>2026-11-03T08:00:00Z</updated>
<id>https://ex.org/a</id><author><name>Zoé</name></author>
<content type="html"
 xml:base="https://ex.org/a.html">&lt;p&gt;Whole &lt;i&gt;article&lt;/i&gt;&lt;/p&gt;</content>
<summary type="html"><![CDATA[<p>Short</p>]]></summary><category term="x"/></entry>
<entry><title type="html">Second</title><link href="https://ex.org/b.html"/>
<link rel="replies" href="https://ex.org/r"/>
<updated>2026-11-01T08:00:00Z</updated><id>tag:ex.org,2026:b</id>
<content type="html">Only content</content></entry></feed>"""

IN_HEAD = (
    "<image><url>https://ex.org/i.png</url><title>Picture</title><link>https://ex.org/</link></image>",
    "<textInput><title>Search</title><link>https://ex.org/s</link></textInput>",
    "<foo><title>Nested</title></foo>",
    "stray words",
    "<ttl>30</ttl>",
    "<ttl>60</ttl><ttl>90</ttl>",
    "<image><ttl>90</ttl></image>",
)
"""What changes no title, before it or after."""
IN_RSS = (
    "<dc:date>2026-11-02</dc:date>",
    "<author>a@ex.org (A)</author>",
    "<comments>https://ex.org/#c</comments>",
    '<post-id xmlns="com-wordpress:feed-additions:1">71</post-id>',
    "<media:credit>Z</media:credit>",
    "<atom:updated>2026-11-02T10:00:00Z</atom:updated>",
    "<dc:subject>x</dc:subject>",
    "stray words",
    "<?php echo 1 ?>",
    "<media:group><media:content url='https://ex.org/v'/></media:group>",
)
"""What changes nothing."""
ODD = (
    "<title>Twice</title>",
    "<media:title>Other</media:title>",
    "<media:description>Other</media:description>",
    '<atom:link rel="alternate" href="https://else.org/"/>',
    "<dc:title>Other</dc:title>",
    "<link>https://else.org/</link>",
    "<guid>https://else.org/g</guid>",
    "<pubDate>Mon, 09 Nov 2026 09:00:00 GMT</pubDate>",
    "<description>Other</description>",
    "<dc:description>Other</dc:description>",
    "<feedburner:origLink>x</feedburner:origLink>",
    "<source url='https://else.org/'>Else</source>",
    "<b>bold</b>",
    "<!-- remark -->",
    "<language>en</language>",
    '<dc:creator xml:lang="de">Z</dc:creator>',
    '<dc:creator xml:base="https://else.org/">Z</dc:creator>',
    "<id>7</id>",
    '<x xmlns="http://www.w3.org/2005/Atom"><title>y</title></x>',
    "&bad;",
    "a & b",
    "<item><title>In</title></item>",
    "<foo:encoded>Other</foo:encoded>",
    "<dc:creator>Z\x08</dc:creator>",
)
"""What one parser reads as another does not: not for the short way."""


def odd() -> Iterator[str]:
    """The RSS feed with each oddity in its first item, and in other ways beside the usual."""
    for oddity in ODD:
        yield RSS.replace("<slash:comments>", f"{oddity}<slash:comments>")
    yield RSS.replace('<rss version="2.0"', '<rss version="2.0" xmlns="http://backend.userland.com/rss2"')
    yield RSS.replace("<rss", "<!DOCTYPE rss [<!ENTITY z 'Zoé'>]><rss")
    yield RSS.replace("Mon, 02 Nov 2026 10:00:00 +0200", "02/11/2026 10:00")
    yield RSS.replace("<pubDate>Tue, 3 Nov 2026 08:00:00 GMT</pubDate>", "")
    yield RSS.replace("https://ex.org/rd/", "/rd/")
    yield RSS.replace('<guid isPermaLink="false">rd 2', "<guid>rd 2")
    yield RSS.replace("<title>Lyon : un site", "<title>Lyon <i>: un</i> site")
    yield RSS.replace("<title>Lyon : un site", "<title>&lt;b&gt;Lyon&lt;/b&gt; : un site")
    yield RSS.replace("<p>Un <b>site</b>", "<p>Un <script>x()</script>")
    yield RSS.replace("<title>Lyon : un", "<title><dc:creator>Z</dc:creator>Lyon : un")
    yield RSS.replace("&lt;p&gt;Escaped", "One <dc:creator>Z</dc:creator> &lt;p&gt;Escaped")
    yield RSS.replace("<channel>", "<channel><dc:title>Other</dc:title>")
    yield RSS.replace("<channel>", "<channel><dc:Title>Other</dc:Title>")
    yield RSS.replace("<channel>", "<channel><TITLE>Other</TITLE>")
    yield RSS.replace("<channel>", "<channel><language>de</language>")
    yield RSS.replace("Newsroom &amp; co", "Newsroom &amp;copy 2026")
    yield RSS.replace("Lyon : un", "Lyon &amp;#8217 un")
    yield RSS.replace("Lyon : un", "Lyon &amp;#0 un")
    yield ATOM.replace("R&amp;amp;D at", "It&amp;apos;s")
    yield RSS.replace("<item>", "<entry>").replace("</item>", "</entry>")
    yield RSS.replace("l’été", "l\u0092été")
    yield RSS.replace("</channel></rss>", "")
    yield ATOM.replace(
        'type="html">Second', 'type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Second</div>'
    )
    yield ATOM.replace('<link rel="replies"', '<link rel="alternate"')
    yield ATOM.replace("2005/Atom", "2005/Other")
    yield ATOM.replace("tag:ex.org,2026:b", "b")
    yield ATOM.replace("2026-11-01T08:00:00Z", "2026-11-01")
    yield ATOM.replace('<summary type="html">', "<summary>One</summary><summary>")
