/** The shells that learn our words. */
export const shellNames = ['bash', 'zsh', 'fish'] as const;

/**
The scripts. Each hands the words up to the cursor to `vqlab completion reply` and shows
what comes back. bash breaks words at `=` and `:` and puts only the last piece in place:
what stands before it is cut off.
*/
export const shells: Readonly<Record<(typeof shellNames)[number], string>> = {
	bash: String.raw`# bash completion of vqlab: source <(vqlab completion bash)
_vqlab() {
	local line=${'$'}{COMP_LINE:0:COMP_POINT} words=() current reply value files=0 open=0
	read -ra words <<< "$line"
	case $line in *[[:space:]]) words+=('') ;; esac
	current=${'$'}{words[-1]}
	local cut=${'$'}{current%"${'$'}{COMP_WORDS[COMP_CWORD]}"}
	case ${'$'}{COMP_WORDS[COMP_CWORD]} in [=:]) cut=$current ;; esac
	COMPREPLY=()
	while IFS= read -r reply; do
		case $reply in
			:files) files=1 ;;
			:open) open=1 ;;
			*) value=${'$'}{reply%%$'\t'*}; COMPREPLY+=("${'$'}{value#"$cut"}") ;;
		esac
	done < <("${'$'}{words[0]}" completion reply -- "${'$'}{words[@]:1}" 2> /dev/null)
	if [ "$files" = 1 ]; then
		while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "${'$'}{current#"$cut"}")
		compopt -o filenames 2> /dev/null
	fi
	[ "$open" = 1 ] && compopt -o nospace 2> /dev/null
	return 0
}
complete -F _vqlab vqlab
`,
	zsh: String.raw`#compdef vqlab
# zsh completion of vqlab: source <(vqlab completion zsh), or a file _vqlab in a folder of $fpath
_vqlab() {
	local reply files=0 open=0
	local -a values shown
	while IFS= read -r reply; do
		case $reply in
			:files) files=1 ;;
			:open) open=1 ;;
			*)
				values+=("${'$'}{reply%%$'\t'*}")
				shown+=("${'$'}{reply%%$'\t'*}  ${'$'}{reply#*$'\t'}")
				;;
		esac
	done < <("${'$'}{words[1]}" completion reply -- "${'$'}{(@)words[2,CURRENT-1]}" "$PREFIX" 2> /dev/null)
	if (( open )); then
		compadd -S '' -l -d shown -a values
	else
		compadd -l -d shown -a values
	fi
	(( files )) && _files
	return 0
}
if [ "$funcstack[1]" = _vqlab ]; then
	_vqlab "$@"
else
	compdef _vqlab vqlab
fi
`,
	fish: String.raw`# fish completion of vqlab: vqlab completion fish | source
function __vqlab_reply
	set -l words (commandline -opc)
	set -l current (commandline -ct)
	for reply in (command $words[1] completion reply -- $words[2..-1] $current 2> /dev/null)
		switch $reply
			case ':files'
				__fish_complete_path $current
			case ':open'
			case '*'
				echo $reply
		end
	end
end
complete -c vqlab -f -a '(__vqlab_reply)'
`,
};
