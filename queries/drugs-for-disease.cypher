// title = "Drugs for a disease, with what speaks against them"
// description = """
// What treats or prevents a disease or phenotype, with the evidence against: refuting sentences of the claim itself, and supported claims that the
// same subject causes or worsens the disease. Sorted by belief.
// """
// [returns]
// drug_id = "id of the treatment"
// drug = "name of the treatment"
// category = "its main category"
// predicate = "treats or prevents"
// belief = "belief in the claim, 0 to 1"
// certainty = "certainty of the surest evidence"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// first_year = "year of the first evidence, or null"
// last_year = "year of the last evidence, or null"
// refuted_by = "refuting sentences: text, certainty, document_id"
// opposed_by = "supported claims of the opposite sign on the same pair: assertion_id, predicate, belief"
// [parameters.disease]
// type = "concept"
// help = "the disease or phenotype"
// example = "depression"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (disease:Concept {id: $disease})<-[r:TREATS|PREVENTS]-(drug:Concept)
WITH disease, drug, r
ORDER BY r.belief DESC, drug.name, r.assertion_id
LIMIT $limit
MATCH (a:Assertion {id: r.assertion_id})
CALL (a) {
  MATCH (a)<-[:REFUTES]-(e:Evidence)-[:FROM]->(d:Document)
  WITH e, d
  ORDER BY d.id, e.start, e.id
  RETURN collect({text: e.text, certainty: e.certainty, document_id: d.id}) AS refuted_by
}
CALL (a, drug, disease) {
  MATCH (drug)-[other:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]->(disease)
  WHERE other.sign = -a.sign AND a.sign <> 0 AND NOT other.negated
  WITH other
  ORDER BY other.belief DESC, other.assertion_id
  RETURN collect({assertion_id: other.assertion_id, predicate: toLower(type(other)), belief: other.belief}) AS opposed_by
}
RETURN drug.id AS drug_id, drug.name AS drug, drug.category AS category, a.predicate AS predicate, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id,
       a.first_year AS first_year, a.last_year AS last_year, refuted_by, opposed_by
ORDER BY belief DESC, drug, assertion_id
LIMIT $limit
