import {checkClients} from '../simulation/parameters/check-clients.js';
import {checkFaults} from '../simulation/parameters/check-faults.js';
import {type ClientSpec, type FaultSpec} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type VerdictName} from '../metrics/verdict-names.js';
import {type Provenance} from '../parameters/parameter.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {withClients, withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {type Answer} from './answer.js';
import {type Theme} from './themes.js';

/** How an expectation compares the metric with its value. */
export const operators = ['<', '<=', '>', '>=', '=='] as const;

/** What a preset claims of its verdict, as it is. */
export type VerdictExpectation = {
	/** The id of the finding. */
	readonly verdict: VerdictName;
	/** Simulated time after the warm-up, ns. */
	readonly for?: number;
};

/** What a preset claims: a metric, or with `against` the ratio metric(changed) / metric(as is). */
export type MetricExpectation = {
	/** Path of docs/contract.md, section 4. */
	readonly metric: string;
	readonly op: (typeof operators)[number];
	/** In the metric's JSON unit; a ratio with `against`. */
	readonly value: number;
	readonly against?: GivenParameters;
	/** Simulated time, ns. */
	readonly for?: number;
	readonly seed?: number;
	readonly runs?: number;
};

export type Expectation = MetricExpectation | VerdictExpectation;

/** An incident or a machine: a configuration with its story. */
export type Preset = {
	readonly name: string;
	readonly title: string;
	readonly story: string;
	readonly source: string;
	readonly theme: Theme;
	/** What somebody asked of it, and what the run answers. */
	readonly question?: string;
	readonly answer?: Answer;
	/** Changes worth trying, each `key=value` or several with spaces between. */
	readonly try: readonly string[];
	/** What it sets by name; all else is default or automatic. */
	readonly given: GivenParameters;
	readonly clients: readonly ClientSpec[];
	readonly faults: readonly FaultSpec[];
	readonly expect: readonly Expectation[];
	/** Where what it sets comes from, by key; a key that is not here: as the story says. */
	readonly provenance: Readonly<Record<string, Provenance>>;
};

/** The configuration of a preset with some settings on top. Throws `UserError`. */
export function configurationOf(preset: Preset, settings: GivenParameters = {}): Configuration {
	const given = {...preset.given, ...settings};
	const configuration = {
		parameters: resolveParameters(withoutClientKeys(given)),
		...withClients(preset.clients, given),
		faults: preset.faults,
		given,
		provenance: preset.provenance,
	};
	checkClients(configuration);
	checkFaults(configuration);
	return configuration;
}
