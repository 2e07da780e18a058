"""The dataset becomes pages, feeds and open data. Pure: everything here gives text, nothing writes files."""
