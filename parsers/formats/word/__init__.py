"""What WordprocessingML says, element by element, as a person sees it."""
