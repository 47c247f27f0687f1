// title = "Adverse events of a drug, with their causality criteria"
// description = """
// What a drug is reported to bring about, for and against: belief, counts, the sentences, and for each case report the answers (yes, no,
// unknown) to the causality criteria and to Naranjo's items with the words that give them, the other causes that the text speaks of, and the range of
// Naranjo totals that the open items leave. An event that is only refuted is shown with belief 0.
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
// serious = "case reports that tell of a serious event (ICH E2A)"
// doses = "doses that the case reports give"
// times_to_onset = "times to onset that they give"
// seriousness = "kinds of seriousness that they give"
// treatments = "how they treated the event"
// outcomes = "how it ended"
// other_causes = "other causes that they rule out, or leave open"
// naranjo = "range of Naranjo totals that the text of each leaves open"
// case_reports = "for each case report: id, document_id, per criterion its answer, _value (dose, time, outcome) and _text (the words), other causes, Naranjo"
// quotes = "for the surest evidences on each side, `per_claim` of them: text, certainty, negated, document_id, document_title"
// [parameters.drug]
// type = "concept"
// help = "the drug"
// example = "anakinra"
// [parameters.per_claim]
// type = "integer"
// default = 25
// minimum = 1
// help = "most sentences for each claim on each side, the surest first; n_support and n_refute count all"
// example = 5
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (drug:Concept {id: $drug})
CALL (drug) {
  MATCH (drug)-[r:HAS_ADVERSE_EVENT]->(event:Concept)
  RETURN event.id AS wanted, r.assertion_id AS claim
  UNION
  MATCH (drug)<-[:REPORTS_DRUG]-(:CaseReport)-[:REPORTS_EVENT]->(event:Concept)
  RETURN event.id AS wanted, null AS claim
}
WITH drug, wanted, collect(claim) AS claims
UNWIND CASE size(claims) WHEN 0 THEN [null] ELSE claims END AS claim
MATCH (event:Concept {id: wanted})
OPTIONAL MATCH (a:Assertion {id: claim})
WITH drug, event, a, coalesce(a.belief, 0.0) AS belief, coalesce(a.n_support, 0) AS n_support
ORDER BY belief DESC, n_support DESC, event.name, a.id
LIMIT $limit
CALL (drug, event) {
  MATCH (event)<-[:REPORTS_EVENT]-(r:CaseReport)-[:REPORTS_DRUG]->(drug)
  WITH r
  ORDER BY r.document_id, r.id
  RETURN collect({id: r.id, document_id: r.document_id,
                    temporal_order: r.temporal_order, temporal_order_value: r.temporal_order_value, temporal_order_text: r.temporal_order_text,
                    dechallenge: r.dechallenge, dechallenge_value: r.dechallenge_value, dechallenge_text: r.dechallenge_text,
                    rechallenge: r.rechallenge, rechallenge_value: r.rechallenge_value, rechallenge_text: r.rechallenge_text,
                    alternative_cause_ruled_out: r.alternative_cause_ruled_out, alternative_cause_ruled_out_value: r.alternative_cause_ruled_out_value, alternative_cause_ruled_out_text: r.alternative_cause_ruled_out_text,
                    dose: r.dose, dose_value: r.dose_value, dose_text: r.dose_text,
                    time_to_onset: r.time_to_onset, time_to_onset_value: r.time_to_onset_value, time_to_onset_text: r.time_to_onset_text,
                    seriousness: r.seriousness, seriousness_value: r.seriousness_value, seriousness_text: r.seriousness_text,
                    treatment: r.treatment, treatment_value: r.treatment_value, treatment_text: r.treatment_text,
                    outcome: r.outcome, outcome_value: r.outcome_value, outcome_text: r.outcome_text,
                    alternative_causes: r.alternative_causes, alternative_causes_ruled_out: r.alternative_causes_ruled_out, alternative_causes_text: r.alternative_causes_text,
                    naranjo_lowest: r.naranjo_lowest, naranjo_highest: r.naranjo_highest,
                    naranjo: [
                      {item: 1, question: 'Are there previous conclusive reports on this reaction?', answer: r.naranjo_1, points: r.naranjo_1_points, text: r.naranjo_1_text},
                      {item: 2, question: 'Did the adverse event appear after the suspected drug was administered?', answer: r.naranjo_2, points: r.naranjo_2_points, text: r.naranjo_2_text},
                      {item: 3, question: 'Did the adverse reaction improve when the drug was discontinued or a specific antagonist was administered?', answer: r.naranjo_3, points: r.naranjo_3_points, text: r.naranjo_3_text},
                      {item: 4, question: 'Did the adverse reaction reappear when the drug was readministered?', answer: r.naranjo_4, points: r.naranjo_4_points, text: r.naranjo_4_text},
                      {item: 5, question: 'Are there alternative causes (other than the drug) that could on their own have caused the reaction?', answer: r.naranjo_5, points: r.naranjo_5_points, text: r.naranjo_5_text},
                      {item: 6, question: 'Did the reaction reappear when a placebo was given?', answer: r.naranjo_6, points: r.naranjo_6_points, text: r.naranjo_6_text},
                      {item: 7, question: 'Was the drug detected in the blood (or other fluids) in concentrations known to be toxic?', answer: r.naranjo_7, points: r.naranjo_7_points, text: r.naranjo_7_text},
                      {item: 8, question: 'Was the reaction more severe when the dose was increased, or less severe when the dose was decreased?', answer: r.naranjo_8, points: r.naranjo_8_points, text: r.naranjo_8_text},
                      {item: 9, question: 'Did the patient have a similar reaction to the same or similar drugs in any previous exposure?', answer: r.naranjo_9, points: r.naranjo_9_points, text: r.naranjo_9_text},
                      {item: 10, question: 'Was the adverse event confirmed by any objective evidence?', answer: r.naranjo_10, points: r.naranjo_10_points, text: r.naranjo_10_text}
                    ]}) AS case_reports
}
CALL (a) {
  CALL (a) {
  MATCH (a)<-[:SUPPORTS]-(e:Evidence)
  RETURN e.id AS found, e.certainty AS certainty, e.confidence AS confidence
  ORDER BY CASE certainty WHEN 'asserted' THEN 0 WHEN 'probable' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END, confidence DESC, found
  LIMIT $per_claim
    UNION ALL
  MATCH (a)<-[:REFUTES]-(e:Evidence)
  RETURN e.id AS found, e.certainty AS certainty, e.confidence AS confidence
  ORDER BY CASE certainty WHEN 'asserted' THEN 0 WHEN 'probable' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END, confidence DESC, found
  LIMIT $per_claim
  }
  MATCH (e:Evidence {id: found})-[:FROM]->(d:Document)
  WITH e, d
  ORDER BY d.id, e.start, e.id
  RETURN collect({text: e.text, certainty: e.certainty, negated: e.negated, document_id: d.id, document_title: d.title}) AS quotes
}
RETURN event.id AS event_id, event.name AS event, coalesce(a.belief, 0.0) AS belief, a.certainty AS certainty, a.negated AS negated, coalesce(a.n_support, 0) AS n_support,
       coalesce(a.n_refute, 0) AS n_refute, a.id AS assertion_id, size([r IN case_reports WHERE r.dechallenge = 'yes']) AS dechallenge,
       size([r IN case_reports WHERE r.rechallenge = 'yes']) AS rechallenge, size([r IN case_reports WHERE r.temporal_order = 'yes']) AS temporal_order,
       size([r IN case_reports WHERE r.seriousness = 'yes']) AS serious,
       [r IN case_reports WHERE r.dose_value IS NOT NULL | r.dose_value] AS doses,
       [r IN case_reports WHERE r.time_to_onset_value IS NOT NULL | r.time_to_onset_value] AS times_to_onset,
       [r IN case_reports WHERE r.seriousness_value IS NOT NULL | r.seriousness_value] AS seriousness,
       [r IN case_reports WHERE r.treatment_value IS NOT NULL | r.treatment_value] AS treatments,
       [r IN case_reports WHERE r.outcome_value IS NOT NULL | r.outcome_value] AS outcomes,
       [r IN case_reports WHERE r.alternative_cause_ruled_out_value IS NOT NULL | r.alternative_cause_ruled_out_value] AS other_causes,
       [r IN case_reports | toString(r.naranjo_lowest) + ' to ' + toString(r.naranjo_highest)] AS naranjo, case_reports, quotes
ORDER BY belief DESC, n_support DESC, event, assertion_id
LIMIT $limit
