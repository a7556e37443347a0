# Which order the item numbers follow is said in a note.
PREFIX apro: <https://w3id.org/apro#>
PREFIX numbering: <https://w3id.org/apro/numbering/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { GRAPH ?graph { ?meeting apro:numberingBasis ?basis } }
INSERT { GRAPH ?graph { ?meeting skos:note ?note } }
WHERE {
  VALUES (?basis ?note) {
    (numbering:announced "The item numbers follow the announced order."@en)
    (numbering:announced "Kohtien numerot noudattavat ilmoitettua järjestystä."@fi)
    (numbering:announced "Ärendenas nummer följer den aviserade ordningen."@sv)
    (numbering:handled "The item numbers follow the order of handling."@en)
    (numbering:handled "Kohtien numerot noudattavat käsittelyjärjestystä."@fi)
    (numbering:handled "Ärendenas nummer följer behandlingsordningen."@sv)
    (numbering:notStated "Which order the item numbers follow is not stated."@en)
    (numbering:notStated "Ei ilmoiteta, mitä järjestystä kohtien numerot noudattavat."@fi)
    (numbering:notStated "Det anges inte vilken ordning ärendenas nummer följer."@sv)
  }
  GRAPH ?graph { ?meeting apro:numberingBasis ?basis }
}
