"""The search room: records of all pages -> search data that find every substring, and their browser half."""
