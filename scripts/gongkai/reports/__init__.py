"""Reports: figures out of the dataset, as pages, workbooks, documents, calendars and lists."""
