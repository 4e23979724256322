import {type Calibration} from '../calibration/calibration.js';
import {type FitStep} from '../calibration/factor-search.js';
import {type Material} from '../calibration/material.js';
import {type FitReport} from '../calibration/fit-report.js';
import {schema} from '../version.js';

/** What recordings show when they have the events for it, and these do not. */
const showable = [
	'driver.lockPolicy',
	'queue.size',
	'queue.indirect',
	'queue.eventIdx',
	'guest.irqVcpu',
	'guest.cost.irqEntry',
	'guest.cost.workerWake',
	'guest.cost.drain',
	'host.ioeventfd',
	'host.cost.loopWake',
	'host.cost.pop',
];

/** Keys that recordings can show, and these do not. */
export function notShown({estimates, given}: Material): readonly string[] {
	return showable.filter(key => !(key in given) && !estimates.some(estimate => estimate.key === key));
}

/** Both answers are offered where nothing decides. */
export function uncertainLines(file: string, {estimates, given}: Material): readonly string[] {
	return estimates
		.filter(({key, alternatives}) => alternatives !== undefined && !(key in given))
		.map(({key, value, alternatives = []}) => {
			const others = alternatives.filter(other => other !== value).map(String);
			return (
				`uncertain: ${key} is ${typeof value === 'string' ? value : JSON.stringify(value)} here and may be ` +
				`${others.join(' or ')}; for that preset: ` +
				`${others.map(other => `vqlab calibrate ${file} --set ${key}=${other} --output ${other}.json`).join(', ')}`
			);
		});
}

/** The report as `--format json` has it. */
export function reportJson(
	{findings, alignment}: Calibration,
	{material, factors}: FitStep,
	report: FitReport,
	{warnings, beside}: Notes,
): unknown {
	return {
		schema,
		findings,
		beside,
		warnings,
		alignment:
			alignment === null
				? null
				: {...alignment, offset: alignment.offset / 1e9, uncertainty: alignment.uncertainty / 1000},
		values: [
			...material.estimates
				.filter(({key}) => !(key in material.given))
				.map(({key, provenance, origin, how, knob, alternatives}) => ({
					key,
					provenance,
					from: origin ?? 'guest',
					how,
					factor: knob === null ? 1 : factors[knob],
					...(alternatives === undefined ? {} : {alternatives}),
				})),
			...Object.keys(material.given).map(key => ({
				key,
				provenance: 'given',
				from: 'user',
				how: '--set',
				factor: 1,
			})),
		],
		notShown: notShown(material),
		fit: report,
	};
}

/** Lines of a report that stand beside its figures. */
export type Notes = {readonly warnings: readonly string[]; readonly beside: readonly string[]};
