import {commands, dashboardFlags} from './registry.js';
import {type Verb} from './verb.js';
import {flags, spelling, type FlagName, type FlagWords} from './flags.js';

const table: Readonly<Record<string, FlagWords>> = flags;

/** Two columns, the second one where the longest of the first ends. */
function columns(rows: ReadonlyArray<readonly [string, string]>): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

async function flagRows(names: readonly FlagName[], verb?: string): Promise<ReadonlyArray<readonly [string, string]>> {
	return Promise.all(
		names.map(async (name): Promise<readonly [string, string]> => {
			const {value, help, isMultiple} = table[name];
			const words = typeof help === 'string' ? help : await help(verb);
			return [`${spelling(name)}${value === undefined ? '' : ` ${value}`}${isMultiple ? '…' : ''}`, words];
		}),
	);
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
		...columns(await flagRows([...command.flags, 'help'], command.name)),
		'',
		'Examples',
		...command.examples.map(example => `  ${example}`),
		'',
	].join('\n');
}
