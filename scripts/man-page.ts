import {flags, spelling, type FlagName, type FlagWords} from '../source/commands/flags.js';
import {commands, dashboardFlags} from '../source/commands/registry.js';
import {version} from '../source/version.js';

const table: Readonly<Record<string, FlagWords>> = flags;

/**
Text for roff: a backslash and a dash are escaped, a line that would begin a request is not one.
*/
function roff(text: string): string {
	return text
		.replaceAll('\\', String.raw`\e`)
		.replaceAll('-', String.raw`\-`)
		.replaceAll(/^(?=[.'])/gmv, String.raw`\&`);
}

const bold = (text: string): string => String.raw`\fB${text}\fR`;
const italic = (text: string): string => String.raw`\fI${text}\fR`;

async function flagEntry(name: FlagName): Promise<string> {
	const {shortFlag, value, isMultiple, help} = table[name];
	const short = shortFlag === undefined ? '' : `-${shortFlag}, `;
	const words = typeof help === 'string' ? help : await help();
	const term = `${bold(roff(short + spelling(name)))}${value === undefined ? '' : ` ${italic(roff(value))}`}`;
	return `.TP\n${term}${isMultiple ? ' ...' : ''}\n${roff(words)}`;
}

/** The manual page vqlab(1), drawn from the tables of verbs and flags. */
export async function manPage(): Promise<string> {
	const own = new Set<FlagName>(['help', 'version']);
	const entries = await Promise.all(Object.keys(flags).map(async name => flagEntry(name as FlagName)));
	return `${[
		`.TH VQLAB 1 "" "vqlab ${version}" "User Commands"`,
		'.nh\n.ad l',
		'.SH NAME',
		roff('vqlab - a laboratory for virtio-gpu queues in a terminal'),
		'.SH SYNOPSIS',
		'.B vqlab',
		String.raw`[\fIpreset\fR|\fIfile\fR|\-] [\fIoption\fR ...]`,
		'.br',
		'.B vqlab',
		String.raw`\fIverb\fR [\fIargument\fR ...] [\fIoption\fR ...]`,
		'.SH DESCRIPTION',
		roff(
			'Simulates the Linux guest driver and the VMM host in the process, shows lock contention, ' +
				'throughput, IRQ rate and num_free live while parameters are turned, and says where the time goes.',
		),
		'Without a verb the dashboard opens; it needs a terminal.',
		'.SH VERBS',
		...commands.map(
			({name, synopsis, summary, flags: taken}) =>
				`.TP\n${bold(`vqlab ${name}`)} ` +
				`${roff(synopsis)}\n${roff(summary[0].toUpperCase() + summary.slice(1))}.` +
				(taken.length === 0 ? '' : `\n.br\n${roff(taken.map(flag => spelling(flag)).join(' '))}`),
		),
		'.SH OPTIONS',
		'Each verb takes those that stand beside it; the dashboard ' +
			`${roff([...dashboardFlags, ...own].map(name => spelling(name)).join(' '))}.`,
		...entries,
		'.SH EXIT STATUS',
		...[
			['0', 'Done, assertions hold, or the reader of the output went away.'],
			['1', 'An assertion or a gate failed, or the queue stalled.'],
			['2', 'Bad usage or input: one line on stderr.'],
			['70', 'A fault of vqlab itself, with how to reproduce it.'],
			['129, 130, 143', 'The terminal was closed; SIGINT; SIGTERM. What was finished is printed.'],
		].map(([code, words]) => `.TP\n${code}\n${words}`),
		'.SH ENVIRONMENT',
		...[
			[
				'NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR',
				'Colours of the dashboard; the first that says something decides.',
			],
			[
				'PAGER',
				'What shows the long text of help, explain and presets on a terminal (less); cat or empty: none.',
			],
			['VQLAB_THEME, VQLAB_SPEED, VQLAB_FPS, VQLAB_ASCII', 'How the dashboard is, over the settings file.'],
			['XDG_CONFIG_HOME', 'Below it vqlab/config.json and vqlab/presets/ (~/.config).'],
			['XDG_CACHE_HOME', 'Below it vqlab/*.start, with which a dashboard opens sooner (~/.cache).'],
		].map(([name, words]) => `.TP\n${name}\n${words}`),
		'.SH EXAMPLES',
		'.nf',
		...commands.flatMap(({examples}) => examples.slice(0, 1)).map(example => roff(example)),
		'.fi',
	].join('\n')}\n`;
}
