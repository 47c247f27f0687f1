// title = "Mechanism paths between two concepts"
// description = """
// Chains of up to four claims that lead from one concept to another, with the net sign (1 raises, -1 lowers, 0 not known) and the belief of
// the weakest link. No concept comes twice in a chain. Claims that are only refuted are left out unless with_refuted is true. With causal_only,
// the steps are causal claims and identity (form_of, member_of); without it, any claim but compared_with. Claims are walked from subject to
// object; symmetric ones and form_of both ways. The net sign is the product of the signs of the steps; form_of keeps the sign (what a drug's
// parent protein does, the drug does), any other step without a sign makes the net sign 0.
// From the start the `breadth` most believed steps are followed, and from each concept that they reach again; into the end and into each
// concept so found likewise. A chain is found where its first steps, two at most, are among those out of the start, and the others, two at
// most, among those into the end; a claim from start to end is always found. So a concept with a hundred thousand claims costs no more steps
// than one with `breadth`; where one had more, `cut` is true, and a larger breadth may find more chains.
// """
// search = "mechanisms"
// [returns]
// path = "the chain in one line"
// net_sign = "what more of the start does to the end: 1, -1 or 0"
// weakest_belief = "belief of the least believed step"
// hops = "number of steps"
// names = "names of the concepts along the chain"
// ids = "ids of the concepts along the chain"
// steps = "for each step: assertion_id, predicate, aspect, subject_aspect, sign, belief, certainty, negated, and whether it is walked backward"
// cut = "whether a concept had more steps than breadth, so that other chains may have been left out"
// [parameters.start]
// type = "concept"
// help = "where the chains start"
// example = "IL-1ra"
// [parameters.end]
// type = "concept"
// help = "where the chains end"
// example = "depression"
// [parameters.max_hops]
// type = "integer"
// default = 4
// minimum = 1
// maximum = 4
// help = "most steps in a chain, 1 to 4"
// example = 3
// [parameters.causal_only]
// type = "boolean"
// default = true
// help = "only causal claims and identity"
// example = false
// [parameters.with_refuted]
// type = "boolean"
// default = false
// help = "also claims that all evidence refutes"
// example = true
// [parameters.min_belief]
// type = "number"
// default = 0.0
// minimum = 0
// maximum = 1
// help = "least belief of each step, 0 to 1"
// example = 0.1
// [parameters.breadth]
// type = "integer"
// default = 25
// minimum = 1
// help = "most steps followed out of or into one concept"
// example = 100
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most chains returned"
// example = 10
