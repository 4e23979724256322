import {fieldSubjects, type FieldSubject} from '../../source/report/field-term.js';
import {fieldTerms} from '../../source/report/field-terms.js';
import {terms} from '../../source/report/glossary.js';
import {cell, code, markdownTable} from './markdown-table.js';

const titles: Readonly<Record<FieldSubject, string>> = {
	machine: 'The machine',
	ring: 'The ring',
	notification: 'Telling the other side',
	lock: 'The lock',
	graphics: 'Graphics',
	simulation: 'The simulation',
};

/**
`docs/glossary.md`: the words of the field for who meets them first, then those of screens and
reports.
*/
export function glossaryPage(): string {
	const parts = fieldSubjects.map(subject =>
		[
			`## ${titles[subject]}`,
			...fieldTerms
				.filter(term => term.subject === subject)
				.map(({name, also = [], meaning, see = []}) =>
					[
						`\n**${name}**${also.length === 0 ? '' : ` (${also.join(', ')})`}. ${meaning}`,
						...(see.length === 0 ? [] : [`In vqlab: ${see.map(word => code(word)).join(', ')}.`]),
					].join(' '),
				),
		].join('\n'),
	);
	const words = new Map(terms.map(({name, meaning}) => [`${name}\n${meaning}`, [name, meaning] as const]));
	return [
		'# Glossary',
		'',
		'For readers who do not know virtqueues. Read from the top it is an introduction; `vqlab explain WORD`',
		'says the same in the terminal.',
		'',
		'A game in a virtual machine draws. The driver in the **guest** writes commands into a **virtqueue**, a',
		'ring in memory that it shares with the **host**, and rings a **doorbell**. The host takes the commands,',
		'does them, puts them into the used ring and sends an **interrupt**. The driver takes them back, and the',
		'game goes on. Two locks stand on that way: **ctrlq.qlock** in the guest and the **BQL** in QEMU.',
		'Time is lost where someone waits for one of them, for room in the ring, for a CPU, or for being told.',
		'',
		'This page is written by `npm run reference`.',
		'',
		parts.join('\n\n'),
		'',
		'## Words on screens and in reports',
		'',
		markdownTable(
			['word', 'meaning'],
			[...words.values()].map(([name, meaning]) => [cell(name), cell(meaning)]),
		),
		'',
	].join('\n');
}
