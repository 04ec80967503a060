"""The search of the site: over every published page and the text inside documents.

``words``    what a text and a question are cut into: folded words and their stems
``question`` what was asked: words, phrases, synonyms
``engines``  the index of each database, asked the same question
``entries``  keeps the index in step with what is published
``finding``  the search itself: matches, who may see them, groups, proposals
``extracts`` the passage of a text that answers
``reading``  the text inside documents, read in a process of its own

docs/decisions/search.md tells why, and what differs between the two databases.
"""
