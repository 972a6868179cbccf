"""The port Pages: other people's pages and feeds, fetched with care (`fetcher.Fetcher`).

Empty on purpose: the worker process imports `adapters.fetch.parsing` alone, without the web client.
"""
