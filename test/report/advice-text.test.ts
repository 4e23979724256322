import {expect, test} from 'vitest';
import {adviceMarkdown} from '../../source/report/advice-markdown.js';
import {adviceText} from '../../source/report/advice-text.js';
import {fixedAdvice} from '../views/fixed-advice.js';

test('a change that depends on the past is said with both figures', () => {
	const [first, ...others] = fixedAdvice.advice;
	const past = {
		...fixedAdvice,
		advice: [{...first, fromStart: {...first, change: {value: -0.5, low: -0.6, high: -0.4}}}, ...others],
	};
	const words =
		/past: -99\.9 % \[-100, -99\.9\] where it is set in the running machine, -50\.0 % \[-60\.0, -40\.0\] in a run/v;
	expect(adviceText(past, []).replaceAll(/\s+/gv, ' ')).toMatch(words);
	expect(adviceMarkdown(past, [])).toMatch(words);
	expect(adviceText(fixedAdvice, [])).not.toContain('past');
});
