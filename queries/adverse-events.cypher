// title = "Adverse events of a drug, with their causality criteria"
// description = """
// What a drug is reported to bring about, for and against: belief, counts, the sentences, and for each case report the answers (yes, no,
// unknown) to the causality criteria with the words that give them. An event that is only refuted is shown with belief 0.
// """
// [returns]
// event_id = "id of the event"
// event = "name of the event"
// belief = "belief in the claim, 0 to 1"
// certainty = "certainty of the surest evidence"
// negated = "whether all evidence refutes it"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// dechallenge = "case reports in which the event went when the drug was stopped"
// rechallenge = "case reports in which it came back with the drug"
// temporal_order = "case reports in which the event followed the drug"
// case_reports = "for each case report: id, document_id, and per criterion its answer, _value (dose, time, outcome) and _text (the words)"
// quotes = "for each evidence: text, certainty, negated, document_id, document_title"
// [parameters.drug]
// type = "concept"
// help = "the drug"
// example = "anakinra"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (drug:Concept {id: $drug})<-[:SUBJECT]-(a:Assertion {predicate: 'has_adverse_event'})-[:OBJECT]->(event:Concept)
CALL (drug, event) {
  MATCH (r:CaseReport)-[:REPORTS_DRUG]->(drug)
  MATCH (r)-[:REPORTS_EVENT]->(event)
  WITH r
  ORDER BY r.document_id, r.id
  RETURN collect({id: r.id, document_id: r.document_id,
                    temporal_order: r.temporal_order, temporal_order_value: r.temporal_order_value, temporal_order_text: r.temporal_order_text,
                    dechallenge: r.dechallenge, dechallenge_value: r.dechallenge_value, dechallenge_text: r.dechallenge_text,
                    rechallenge: r.rechallenge, rechallenge_value: r.rechallenge_value, rechallenge_text: r.rechallenge_text,
                    alternative_cause_ruled_out: r.alternative_cause_ruled_out, alternative_cause_ruled_out_value: r.alternative_cause_ruled_out_value, alternative_cause_ruled_out_text: r.alternative_cause_ruled_out_text,
                    dose: r.dose, dose_value: r.dose_value, dose_text: r.dose_text,
                    time_to_onset: r.time_to_onset, time_to_onset_value: r.time_to_onset_value, time_to_onset_text: r.time_to_onset_text,
                    outcome: r.outcome, outcome_value: r.outcome_value, outcome_text: r.outcome_text}) AS case_reports
}
CALL (a) {
  MATCH (a)<-[:SUPPORTS|REFUTES]-(e:Evidence)-[:FROM]->(d:Document)
  WITH e, d
  ORDER BY d.id, e.start, e.id
  RETURN collect({text: e.text, certainty: e.certainty, negated: e.negated, document_id: d.id, document_title: d.title}) AS quotes
}
RETURN event.id AS event_id, event.name AS event, a.belief AS belief, a.certainty AS certainty, a.negated AS negated, a.n_support AS n_support,
       a.n_refute AS n_refute, a.id AS assertion_id, size([r IN case_reports WHERE r.dechallenge = 'yes']) AS dechallenge,
       size([r IN case_reports WHERE r.rechallenge = 'yes']) AS rechallenge, size([r IN case_reports WHERE r.temporal_order = 'yes']) AS temporal_order,
       case_reports, quotes
ORDER BY belief DESC, n_support DESC, event, assertion_id
LIMIT $limit
