import {UserError} from '../errors/user-error.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {type Direction, neighbourValue} from './parameter-ladder.js';

/** What has parameters that can be set; `set` as `Session.set`. */
type Settable = {
	valueOf(key: string): ParameterValue | undefined;
	set(key: string, value: ParameterValue): string | undefined;
};

/** Sets a parameter to the neighbour of its value; as `Session.set`. Throws `UserError`. */
export function nudged(session: Settable, key: string, direction: Direction): string | undefined {
	const entry = parameter(key);
	let value = session.valueOf(key);
	if (value === undefined) {
		return undefined;
	}

	if (value === entry.automatic?.word && entry.group === 'client') {
		throw new UserError(`${entry.label}: its steps and commands differ in it; type a value for all of them`);
	}

	// A choice that is refused here (a combination the model has not) is stepped over.
	const tries = entry.type === 'choice' ? entry.choices.length - 1 : 1;
	for (let attempt = 1; ; attempt++) {
		value = neighbourValue(entry, value, direction);
		try {
			return session.set(key, value);
		} catch (error) {
			if (!(error instanceof UserError) || attempt >= tries) {
				throw error;
			}
		}
	}
}
