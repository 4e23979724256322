import {type CheckResult} from '../../selfcheck/selfcheck.js';
import {type TaskKind} from '../task-kind.js';

/** A check of `vqlab selfcheck` by its number: the closed forms first, then the published pairs. */
export type CheckTask = {readonly check: number};

export const checkKind: TaskKind<CheckTask, CheckResult> = {
	name: 'check',
	async load() {
		const {runCheck} = await import('../../selfcheck/selfcheck.js');
		return ({check}) => runCheck(check);
	},
};
