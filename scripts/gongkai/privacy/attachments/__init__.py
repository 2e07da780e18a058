"""What stands in the files that an item offers, piece by piece, with its place; also what nobody sees in them."""

from gongkai.privacy.attachments.pieces import Grid, Piece, UncheckableError
from gongkai.privacy.attachments.reading import is_image, read

__all__ = ["Grid", "Piece", "UncheckableError", "is_image", "read"]
