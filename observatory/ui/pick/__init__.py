"""The widgets of each page, one module a page; `controls` has what they share."""
