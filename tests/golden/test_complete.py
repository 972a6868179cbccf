"""Nothing that Herald shows is without a drawing."""

from bot.commands import OPENS
from bot.opens import FORMS
from bot.views import VIEWS
from tests.golden.gallery import Gallery


def test_every_view_is_drawn(gallery: Gallery) -> None:
    assert gallery.views() == set(VIEWS)


def test_every_form_is_drawn(gallery: Gallery) -> None:
    assert gallery.commands() == set(FORMS) == set(OPENS)
