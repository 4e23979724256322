import {checkExpectations} from './check-expectations.js';

checkExpectations('fences', 'cursor');
