s|?_a|<https://example.org/ekvik/ekvikslistan>|g
s|?_b|<https://example.org/ekvik/landsbygdens-rost>|g
s|?_issue|""|g
s|?_kind|"rival"|g
s|?_lang|"sv"|g
s|?_include_proposed|false|g
