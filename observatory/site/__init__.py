"""The static edition: pages of economies, organisations, measures and stories as plain files.

`python -m observatory.site` writes a folder that any web server, or a file system, can show.
"""
