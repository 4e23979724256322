import {findings} from '../../source/diagnosis/finding-pages.js';
import {pageHead} from './markdown-table.js';

/** `docs/reference/verdicts.md`: what a run, a stall or a recording may be said to suffer from. */
export function verdictsPage(): string {
	const byId = new Map<string, Array<(typeof findings)[number][1]>>();
	for (const [id, page] of findings) {
		byId.set(id, [...(byId.get(id) ?? []), page]);
	}

	const parts = [...byId].map(([id, pages]) =>
		[
			`## ${id}`,
			...pages.map(
				({meaning, evidence, helps, neverHelps}) =>
					`\n${text(meaning)}\n\n- **Evidence.** ${text(evidence)}\n- **Helps.** ${text(helps)}\n- ` +
					`**Never helps.** ${text(neverHelps)}`,
			),
		].join('\n'),
	);
	const head = pageHead(
		'Verdicts',
		'What a run, a stall or a recording suffers from, by the id in `verdict.bottleneck` and ' +
			'`stall.kind`. `vqlab explain ID` says the same.',
	);
	return `${head}\n${parts.join('\n\n')}\n`;
}

function text(words: string): string {
	return words.replaceAll('<', '&lt;').replaceAll('*', String.raw`\*`);
}
