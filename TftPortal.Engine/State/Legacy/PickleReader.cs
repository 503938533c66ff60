using static System.FormattableString;

namespace TftPortal.Engine.State.Legacy;

/// <summary>
/// Reads the plain data of a Python pickle, protocols 0–5: numbers, strings, bytes, lists, tuples, sets, dictionaries with texts for keys.
/// It is no interpreter: it can't name a Python object, build or call one, and refuses the opcode that would. Everything is bounded by <see cref="PickleLimits"/>,
/// nothing recurses, and no length that a pickle states is allocated before its bytes are there.
/// </summary>
internal sealed class PickleReader
{
    private readonly PickleInput input;
    private readonly PickleStack stack;
    private readonly PickleScalars scalars;
    private readonly PickleTexts texts;
    private readonly PickleTree tree;

    private PickleReader(byte[] bytes)
    {
        input = new(bytes);
        stack = new(input);
        scalars = new(input);
        texts = new(bytes);
        tree = new(bytes);
    }

    /// <summary>Reads a pickle.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="progress">Told now and then how many bytes have been read.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>The value; it holds no cycles, and all of it is within the limits.</returns>
    /// <exception cref="LegacyRefusedException">It is not read; the exception says why and where.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static PickleValue Read(byte[] bytes, IProgress<LegacyProgress>? progress = null, CancellationToken stop = default)
    {
        if (bytes.Length > PickleLimits.FileBytes) throw new LegacyRefusedException(LegacyRefusal.Limit, Invariant($"The pickle has more than {PickleLimits.FileBytes:N0} bytes"));
        return new PickleReader(bytes).Read(progress, stop);
    }

    private PickleValue Read(IProgress<LegacyProgress>? progress, CancellationToken stop)
    {
        const int Between = 1 << 18; // opcodes; some milliseconds
        for (var opcodes = 1; ; opcodes++)
        {
            var opcode = input.Next();
            if (opcodes > PickleLimits.Opcodes) throw input.Refuse(LegacyRefusal.Limit, Invariant($"more than {PickleLimits.Opcodes:N0} opcodes"));
            if (opcodes % Between == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Report(new(LegacyStage.Reading, input.Position, input.Length));
            }

            if (opcode == PickleOpcode.STOP) return Finish();
            if (scalars.TryRead(opcode, out var value)) stack.Push(CodeOf(value.Kind));
            else if (!Build(opcode) && !Keep(opcode)) throw Refusal(opcode);
        }
    }

    private PickleValue Finish()
    {
        var value = stack.Pop();
        if (!stack.IsEmpty) throw Malformed("values or marks are left beside the result");
        if (input.Position != input.Length) throw Malformed(Invariant($"{input.Length - input.Position:N0} bytes follow it"));
        PickleExpansion.Check(tree, value);
        return new(tree, value);
    }

    private PickleCode CodeOf(PickleKind kind)
    {
        var code = new PickleCode(kind, input.Offset);
        return kind == PickleKind.Text ? texts.Canonical(code, scalars.Utf8) : code;
    }

    /// <summary>The opcodes that make containers and fill them.</summary>
    private bool Build(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EMPTY_LIST: Push(PickleKind.List, []); return true;
            case PickleOpcode.EMPTY_TUPLE: Push(PickleKind.Tuple, []); return true;
            case PickleOpcode.EMPTY_SET: Push(PickleKind.Set, []); return true;
            case PickleOpcode.EMPTY_DICT: stack.Push(tree.Begin(PickleKind.Dictionary)); return true;
            case PickleOpcode.LIST: Push(PickleKind.List, stack.PopToMark()); return true;
            case PickleOpcode.TUPLE: Push(PickleKind.Tuple, stack.PopToMark()); return true;
            case PickleOpcode.FROZENSET: Push(PickleKind.FrozenSet, stack.PopToMark()); return true;
            case PickleOpcode.DICT: Fill(tree.Begin(PickleKind.Dictionary), stack.PopToMark(), isNew: true); return true;
            case PickleOpcode.TUPLE1: Tuple(1); return true;
            case PickleOpcode.TUPLE2: Tuple(2); return true;
            case PickleOpcode.TUPLE3: Tuple(3); return true;
            case PickleOpcode.APPEND: var item = stack.Pop(); tree.Add(Top(PickleKind.List), item); return true;
            case PickleOpcode.APPENDS: var items = stack.PopToMark(); AddAll(Top(PickleKind.List), items); return true;
            case PickleOpcode.ADDITEMS: var members = stack.PopToMark(); AddAll(Top(PickleKind.Set), members); return true;
            case PickleOpcode.SETITEM:
                var value = stack.Pop();
                var key = stack.Pop();
                Fill(TopDictionary(), [key, value], isNew: false);
                return true;
            case PickleOpcode.SETITEMS: var pairs = stack.PopToMark(); Fill(TopDictionary(), pairs, isNew: false); return true;
            default: return false;
        }
    }

    /// <summary>The opcodes that arrange the stack and the memo.</summary>
    private bool Keep(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.MARK: stack.Mark(); return true;
            case PickleOpcode.POP when stack.IsAtMark: stack.PopToMark(); return true;
            case PickleOpcode.POP: stack.Pop(); return true;
            case PickleOpcode.POP_MARK: stack.PopToMark(); return true;
            case PickleOpcode.DUP: stack.Push(stack.Peek()); return true;
            case PickleOpcode.GET: stack.Recall(scalars.Index()); return true;
            case PickleOpcode.BINGET: stack.Recall(input.Byte()); return true;
            case PickleOpcode.LONG_BINGET: stack.Recall(input.UInt32()); return true;
            case PickleOpcode.PUT: stack.Remember(scalars.Index()); return true;
            case PickleOpcode.BINPUT: stack.Remember(input.Byte()); return true;
            case PickleOpcode.LONG_BINPUT: stack.Remember(input.UInt32()); return true;
            case PickleOpcode.MEMOIZE: stack.Remember(); return true;
            case PickleOpcode.FRAME: input.Frame(); return true;
            case PickleOpcode.PROTO:
                if (input.Offset != 0) throw Malformed("a protocol's number stands at the start of a pickle only");
                if (input.Byte() is var protocol and > 5) throw Malformed(Invariant($"protocol {protocol}; those up to 5 are known"));
                return true;
            default: return false;
        }
    }

    private void Push(PickleKind kind, ReadOnlySpan<PickleCode> items)
    {
        var list = tree.Begin(kind);
        AddAll(list, items);
        stack.Push(list);
    }

    private void AddAll(PickleCode list, ReadOnlySpan<PickleCode> items)
    {
        foreach (var item in items) tree.Add(list, item);
    }

    private void Tuple(int count)
    {
        Span<PickleCode> items = stackalloc PickleCode[count];
        for (var i = count - 1; i >= 0; i--) items[i] = stack.Pop();
        Push(PickleKind.Tuple, items);
    }

    private void Fill(PickleCode dictionary, ReadOnlySpan<PickleCode> pairs, bool isNew)
    {
        if (pairs.Length % 2 != 0) throw Malformed("a key without a value");
        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i].Kind != PickleKind.Text) throw Malformed(Invariant($"a key that is no text but {pairs[i].Kind}"));
            tree.Set(dictionary, pairs[i], pairs[i + 1]);
        }

        if (isNew) stack.Push(dictionary);
    }

    private PickleCode Top(PickleKind kind) => stack.Peek() is var top && top.Kind == kind ? top : throw Malformed(Invariant($"it adds to a {stack.Peek().Kind}"));

    private PickleCode TopDictionary() => stack.Peek() is { Kind: PickleKind.Dictionary } top ? top : throw Malformed(Invariant($"it sets an item of a {stack.Peek().Kind}"));

    private string? PopText() => stack.Pop() is { Kind: PickleKind.Text } text ? tree.Text(text) : null;

    /// <summary>Refuses what is no plain data. A name is read first, to be said; where that is cut off, so is the pickle.</summary>
    private LegacyRefusedException Refusal(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.GLOBAL or PickleOpcode.INST:
                var module = PickleText.Name(input.Line(PickleLimits.NameBytes, "a name"));
                return Named(module, PickleText.Name(input.Line(PickleLimits.NameBytes, "a name")));
            case PickleOpcode.STACK_GLOBAL:
                var name = PopText();
                return PopText() is { } of && name is not null ? Named(of, name) : Malformed("what it names is no text");
            case PickleOpcode.PERSID or PickleOpcode.BINPERSID or PickleOpcode.EXT1 or PickleOpcode.EXT2 or PickleOpcode.EXT4 or PickleOpcode.NEXT_BUFFER or PickleOpcode.READONLY_BUFFER:
                return input.Refuse(LegacyRefusal.Opcode, "it reaches outside the file; only plain data is read");
            case PickleOpcode.REDUCE or PickleOpcode.BUILD or PickleOpcode.OBJ or PickleOpcode.NEWOBJ or PickleOpcode.NEWOBJ_EX:
                return Malformed("it builds or calls an object, and there is none; only plain data is read");
            default: return Malformed("no opcode of protocols 0 to 5");
        }
    }

    private LegacyRefusedException Named(string module, string name)
    {
        if (module.Length > PickleLimits.NameBytes || name.Length > PickleLimits.NameBytes)
            return input.Refuse(LegacyRefusal.Limit, Invariant($"a name of more than {PickleLimits.NameBytes:N0} characters"));
        var global = $"{PickleText.Shown(module)}.{PickleText.Shown(name)}";
        return new(LegacyRefusal.Global, input.Opcode, input.Offset, $"it names the Python object {global}; only plain data is read, and nothing was run") { Global = global };
    }

    private LegacyRefusedException Malformed(string reason) => input.Refuse(LegacyRefusal.Malformed, reason);
}
