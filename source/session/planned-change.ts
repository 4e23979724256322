import {UserError} from '../errors/user-error.js';
import {type Change} from '../parameters/configuration.js';
import {formatDuration} from '../parameters/duration.js';
import {checkValue} from '../parameters/value.js';
import {type Configuration} from '../simulation/configuration.js';
import {withChange} from '../simulation/parameters/change.js';
import {parameter} from '../simulation/parameters/table.js';

/**
A change for a time of a run that is at `now` (ns), with its values as the run takes them. Throws
`UserError` for a time that has passed, and for what needs a new run.
*/
export function plannedChange({at, set}: Change, now: number, configuration: Configuration): Change {
	if (at <= now) {
		throw new UserError(
			`${formatDuration(at)} has passed: the run is at ${formatDuration(Math.ceil(now))}; look back, ` +
				'fork (F), then plan',
		);
	}

	const to = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, checkValue(parameter(key), value)]));
	if (withChange(configuration, to).effect === 'restart') {
		throw new UserError(`${Object.keys(to).join(', ')}: takes effect in a new run only, not at a time of this one`);
	}

	return {at, set: to};
}
