import {describe, expect, it} from 'vitest';
import {withConstants} from '../../scripts/constants.js';

const [only, tables] = withConstants([
	{
		name: 'only.js',
		code:
			'import{step as s,count,add}from"./tables.js";import"./other.js";' +
			'var limit=2,{deep:[inner]}=s,later;function run(){later=limit;return count+s.guest}export{run,later};',
	},
	{
		name: 'tables.js',
		code: 'var step={guest:0},count=0;function add(){count++}export{step,count as count,add};',
	},
]).map(({code}) => code);

describe('withConstants', () => {
	it('makes constants of what is set once, and of nothing else', () => {
		expect(only).toContain('const limit=2;const {deep:[inner]}=s;var later;');
		expect(tables).toContain('const step={guest:0};var count=0;');
	});

	it('sends constants out and brings them in under names of their own', () => {
		expect(tables).toContain('const step$out=step;const add$out=add;');
		expect(tables).toContain('export{step$out as step,count as count,add$out as add};');
		expect(only).toContain(
			'import{step as s$in,count,add as add$in}from"./tables.js";' +
				'const s=s$in;const add=add$in;import"./other.js";',
		);
		expect(only).toContain('const run$out=run;export{run$out as run,later as later};');
	});

	it('brings them in before a statement that follows at once', () => {
		const [{code}] = withConstants([
			{name: 'a.js', code: 'import{b}from"./b.js";var a=b;'},
			{name: 'b.js', code: 'var b=1;export{b};'},
		]);
		expect(code).toBe('import{b as b$in}from"./b.js";const b=b$in;const a=b;');
	});

	it('takes a variable that is set in a pattern or a loop for none', () => {
		const [{code}] = withConstants([
			{name: 'a.js', code: 'var a=1,b=2,c=3,d=4;[a]=[b];for(c of [1]);({x:d}={x:1});'},
		]);
		expect(code).toContain('var a=1;');
		expect(code).toContain('var c=3;');
		expect(code).toContain('var d=4;');
	});
});
