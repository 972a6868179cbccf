"""The programs that Herald is measured beside, as their own documentation has them."""
