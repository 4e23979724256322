import {commands, dashboardFlags} from './registry.js';
import {type Verb} from './verb.js';
import {wrapped} from './wrapped.js';
import {flags, spelling, type FlagName, type FlagWords} from './flags.js';

/** Of the first column; what is longer has a line of its own. */
const widest = 34;

const table: Readonly<Record<string, FlagWords>> = flags;

/**
Two columns within 80, the second one where the longest of the first ends; a first one that is
too long has a line of its own.
*/
function columns(rows: ReadonlyArray<readonly [string, string]>): string[] {
	const width = Math.min(widest, Math.max(...rows.map(([left]) => left.length)));
	const indent = ' '.repeat(width + 4);
	return rows.flatMap(([left, right]) => {
		const [first, ...rest] = wrapped(right, indent);
		return left.length > width
			? [`  ${left}`, first, ...rest]
			: [`  ${left.padEnd(width)}  ${first.slice(indent.length)}`, ...rest];
	});
}

/** A row a flag; the words that the verb has for its value come before the general ones. */
async function flagRows(
	names: readonly FlagName[],
	{choices = {}, means = {}}: Pick<Verb, 'choices' | 'means'> = {},
): Promise<ReadonlyArray<readonly [string, string]>> {
	return Promise.all(
		names.map(async (name): Promise<readonly [string, string]> => {
			const {value, help, isMultiple} = table[name];
			const own = choices[name];
			const words =
				own === undefined
					? (means[name] ?? (typeof help === 'string' ? help : await help()))
					: inWords(typeof own === 'function' ? await own() : own);
			return [`${written(name)}${value === undefined ? '' : ` ${value}`}${isMultiple ? '…' : ''}`, words];
		}),
	);
}

/** `a, b or c`. */
function inWords(values: readonly string[]): string {
	return values.length === 1 ? values[0] : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

/** The spelling, the short one first. */
function written(name: FlagName): string {
	const {shortFlag} = table[name];
	return shortFlag === undefined ? spelling(name) : `-${shortFlag}, ${spelling(name)}`;
}

/** The help of the whole program. */
export async function generalHelp(): Promise<string> {
	return [
		'A laboratory for virtio-gpu queues in a terminal.',
		'',
		'Usage',
		...columns([
			['vqlab [preset|file|-]', 'the dashboard'],
			...commands.map(
				command => [`vqlab ${command.name} ${command.synopsis}`.trimEnd(), command.summary] as const,
			),
			['vqlab <command> --help', 'the flags of a command'],
		]),
		'',
		'Options of the dashboard',
		...columns(await flagRows([...dashboardFlags, 'help', 'version'])),
		'',
		'Examples',
		'  vqlab',
		'  vqlab ring-too-small --set queue.size=32 --speed 1:10',
		...commands.flatMap(command => command.examples.slice(0, 1).map(example => `  ${example}`)),
		'',
	].join('\n');
}

/** The help of one command. */
export async function commandHelp(command: Verb): Promise<string> {
	return [
		`${command.summary[0].toUpperCase()}${command.summary.slice(1)}.`,
		'',
		'Usage',
		`  vqlab ${command.name} ${command.synopsis}`.trimEnd(),
		'',
		'Options',
		...columns(await flagRows([...command.flags, 'help'], command)),
		'',
		'Examples',
		...command.examples.map(example => `  ${example}`),
		'',
	].join('\n');
}
