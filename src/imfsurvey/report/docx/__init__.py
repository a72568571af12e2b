"""Word documents that an office goes on editing.

`word.WordDocument` writes headings, lists, tables and pictures in one look; `blocks` writes the
blocks of `report.document` into one. Both import python-docx: import them inside of functions.
"""
