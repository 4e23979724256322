import {type Comparison} from '../experiment/compare/report.js';
import {parameter} from '../simulation/parameters/table.js';
import {jsonValue} from '../parameters/value.js';
import {toJson} from './json.js';

/** The JSON of `vqlab compare` (docs/contract.md, section 6). Lengths in s. */
export function compareJson({
	schema,
	vqlab,
	a,
	b,
	runs,
	seeds,
	stopped,
	confidence,
	length,
	lengthWords,
	method,
	recorded,
	rows,
	gates,
	notes,
	ablations,
	proofs,
}: Comparison): string {
	return toJson({
		schema,
		vqlab,
		a,
		b,
		runs,
		seeds,
		stopped,
		confidence,
		warmupSeconds: length.warmup / 1e9,
		simulatedSeconds: length.duration / 1e9,
		lengthChosen: lengthWords,
		method,
		...(recorded === undefined ? {} : {recordedSeconds: {a: recorded[0], b: recorded[1]}}),
		metrics: Object.fromEntries(
			rows.map(
				({
					path,
					n,
					difference,
					low,
					high,
					ratio,
					ratioLow,
					ratioHigh,
					margin,
					verdict,
					significant,
					a: left,
					b: right,
				}) => [
					path,
					{
						a: left,
						b: right,
						difference,
						low,
						high,
						ratio,
						ratioLow,
						ratioHigh,
						margin,
						verdict,
						significant,
						n,
					},
				],
			),
		),
		gate: Object.fromEntries(gates.map(({gate, outcome}) => [gate.text, outcome])),
		notes,
		...(ablations === undefined ? {} : {ablations}),
		...(proofs === undefined
			? {}
			: {
					proofs: proofs.map(({gate, plant, planted, equal, fault}) => ({
						gate: gate.text,
						planted:
							plant === null
								? null
								: {
										key: plant.key,
										factor: plant.factor,
										value: jsonValue(parameter(plant.key), plant.value),
										outcome: planted,
									},
						equal,
						fault,
					})),
				}),
	});
}
