import {checkExpectations} from './check-expectations.js';

checkExpectations('ring size', 'transfers');
