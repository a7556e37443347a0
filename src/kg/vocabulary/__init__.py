"""The ontology as its files state it, and what is made from them.

`vocabulary.read_vocabulary` reads the whole, `questions.read_questions` the competency questions,
and `pages.site_files` and `pages.write_site` make the documentation site, which needs no network.
"""
