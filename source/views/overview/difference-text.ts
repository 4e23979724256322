import {type Role} from '../../charts/role.js';
import {type DifferenceWord} from '../../session/before/difference-word.js';
import {type BeforeReading} from '../../session/snapshot.js';

/** The word for a figure since the last change; empty while there is none. */
export function wordAt(before: BeforeReading, path: string): string {
	return before.isSameRun ? 'same run' : (before.effects.find(effect => effect.path === path)?.word ?? '');
}

const roles: Readonly<Record<DifferenceWord, Role>> = {
	better: 'ok',
	worse: 'bad',
	same: 'dim',
	undecided: 'dim',
	higher: 'text',
	lower: 'text',
};

/** The role of a word; one that is no word of a difference is quiet. */
export function wordRole(word: string): Role {
	return Object.hasOwn(roles, word) ? roles[word as DifferenceWord] : 'dim';
}
