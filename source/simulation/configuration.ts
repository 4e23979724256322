import {type ClientSpec, type FaultSpec} from '../parameters/configuration.js';
import {type ParameterValue, type Provenance} from '../parameters/parameter.js';
import {type ResolvedParameters} from './parameters/table.js';

/** All that decides a run's events, but for the changes made while it runs. */
export type Configuration = {
	readonly parameters: ResolvedParameters;
	readonly clients: readonly ClientSpec[];
	/**
	The clients as they were before `given` set something of them (`clients.<name>.…`);
	without it nothing of them was set.
	*/
	readonly ownClients?: readonly ClientSpec[];
	readonly faults: readonly FaultSpec[];
	/** Where what the preset sets comes from, by key, as far as it says so. */
	readonly provenance?: Readonly<Record<string, Provenance>>;
	/**
	What was set by name, the rest being defaults and automatic values: so that a
	later change (of the device, say) moves the automatic values that depend on it.
	Without it every value counts as set.
	*/
	readonly given?: Readonly<Record<string, ParameterValue>>;
};
