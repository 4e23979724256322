import {recordsIn} from '../files/records.js';
import {type FlagName} from './flags.js';
import {type Verb} from './verb.js';

/** What the dashboard is called in the help: the first row. */
const dashboardName = 'vqlab';

/** Each after the one that it names, the others at the end. */
function inOrder(found: readonly Verb[]): readonly Verb[] {
	const followersOf = (name: string): readonly Verb[] =>
		found.filter(verb => verb.after === name).flatMap(verb => [verb, ...followersOf(verb.name)]);
	const chained = followersOf(dashboardName);
	return [...chained, ...found.filter(verb => !chained.includes(verb))];
}

/** The flags that every verb takes, in the order of the help. */
const sharedFlags: readonly FlagName[] = ['quiet', 'verbose', 'color', 'pager'];

/** A verb with the flags of all verbs after its own. */
function withShared(verb: Verb): Verb {
	return {...verb, flags: [...verb.flags.filter(name => !sharedFlags.includes(name)), ...sharedFlags]};
}

/** The verbs, in the order of the help. The dashboard is what starts without one. */
export const commands: readonly Verb[] = inOrder(await recordsIn<Verb>(import.meta.url, 'verbs/*.ts', 'verb')).map(
	verb => withShared(verb),
);

/** The flags of the dashboard, which has no verb. */
export const dashboardFlags: readonly FlagName[] = [
	'set',
	'change',
	'seed',
	'speed',
	'fps',
	'theme',
	'force',
	'color',
	'ascii',
];

/** The command of a name. */
export function commandOf(name: string): Verb | undefined {
	return commands.find(command => command.name === name);
}
