"""From the parts of a message to what a person sees, folded so that disguises fall away, with exact offsets back."""

from scamcheck.text.assemble import Text, assemble
from scamcheck.text.layers import Layer, layers

__all__ = ["Layer", "Text", "assemble", "layers"]
