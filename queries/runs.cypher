// title = "What read the documents"
// description = """
// The records of what read documents: litkg's version and reading code, models, lexicon, packages and settings, each by version or hash, and how much of the
// graph each has read. With a document only what read that one. A document whose reading was not recorded belongs to none.
// """
// [returns]
// run_id = "id of the record: the hash of all that follows but the numbers"
// litkg = "version of litkg"
// code = "SHA-256 of its reading code"
// lexicon = "SHA-256 of the lexicon's content"
// extractors = "what it finds claims with"
// models = "each model with the SHA-256 of its files"
// packages = "each package that it reads with, and its version"
// settings = "each setting that changes what is read, and its value"
// documents = "how many documents of the graph it read"
// evidence = "how many pieces of evidence it found in them"
// [parameters.document]
// type = "string"
// default = ""
// help = "id of a document: only what read it"
// example = "PMID:101"
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (run:Run)
WHERE $document = '' OR EXISTS { MATCH (run)<-[:READ_IN]-(:Document {id: $document}) }
RETURN run.id AS run_id, run.litkg AS litkg, run.code AS code, run.lexicon AS lexicon, run.extractors AS extractors, run.models AS models,
       run.packages AS packages, run.settings AS settings, run.n_documents AS documents, run.n_evidence AS evidence
ORDER BY documents DESC, run_id
LIMIT $limit
