import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {type Binding} from './key-table.js';

/** Keys by the id of their command, as a user wants them. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** Scopes in which a key is looked up together with those of a view. */
const beside = new Set(['always', 'global', 'history']);

/**
The bindings with the user's own keys in the place of those that a command had. Inside
of overlays keys stay as they are. Throws `UserError` when there is no such command, or
two commands would have one key.
*/
export function withOwnKeys(bindings: readonly Binding[], own: OwnKeys): readonly Binding[] {
	const ids = new Set(bindings.map(({command}) => command));
	for (const id of Object.keys(own)) {
		if (!ids.has(id)) {
			const near = nearest(id, ids);
			throw new UserError(
				`keys: there is no command ${id}${near === undefined ? '' : `; did you mean ${near}?`}`,
			);
		}
	}

	const changed = bindings.map(binding =>
		binding.scope.startsWith('modal:') || !Object.hasOwn(own, binding.command)
			? binding
			: {...binding, keys: own[binding.command]},
	);
	for (const {keys, command, scope} of changed.filter(binding => Object.hasOwn(own, binding.command))) {
		for (const other of changed) {
			const isTogether =
				other.scope === scope ||
				(beside.has(scope) && beside.has(other.scope) && scope !== 'history' && other.scope !== 'history');
			const key = keys.find(name => other.keys.includes(name));
			if (isTogether && other.command !== command && key !== undefined) {
				throw new UserError(`keys: ${key} would mean both ${command} and ${other.command}`);
			}
		}
	}

	return changed;
}
