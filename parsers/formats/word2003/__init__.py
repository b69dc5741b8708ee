"""What WordprocessingML 2003 calls differently from Word 2007."""
