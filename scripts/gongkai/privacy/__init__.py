"""Personal data: finding it in texts, tables and files, masking it, and taking named lists down (R5)."""
