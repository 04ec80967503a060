"""The member's pages: each module is one part of them."""
