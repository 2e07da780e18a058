"""From files to checked items. Never raises on bad content: what is wrong comes back as findings."""
