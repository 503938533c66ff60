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

    private PickleReader(byte[] bytes)
    {
        input = new(bytes);
        stack = new(input);
        scalars = new(input);
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
            if (scalars.TryRead(opcode, out var value)) stack.Push(value);
            else if (!Build(opcode) && !Keep(opcode)) throw Refusal(opcode);
        }
    }

    private PickleValue Finish()
    {
        var value = stack.Pop();
        if (!stack.IsEmpty) throw Malformed("values or marks are left beside the result");
        if (input.Position != input.Length) throw Malformed(Invariant($"{input.Length - input.Position:N0} bytes follow it"));
        PickleExpansion.Check(value);
        return value;
    }

    /// <summary>The opcodes that make containers and fill them.</summary>
    private bool Build(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EMPTY_LIST: Push(PickleKind.List, []); return true;
            case PickleOpcode.EMPTY_TUPLE: Push(PickleKind.Tuple, []); return true;
            case PickleOpcode.EMPTY_SET: Push(PickleKind.Set, []); return true;
            case PickleOpcode.EMPTY_DICT: stack.Push(PickleValue.Of(new PickleDictionary())); return true;
            case PickleOpcode.LIST: Push(PickleKind.List, stack.PopToMark()); return true;
            case PickleOpcode.TUPLE: Push(PickleKind.Tuple, stack.PopToMark()); return true;
            case PickleOpcode.FROZENSET: Push(PickleKind.FrozenSet, stack.PopToMark()); return true;
            case PickleOpcode.DICT: Fill(new(), stack.PopToMark(), isNew: true); return true;
            case PickleOpcode.TUPLE1: Tuple(1); return true;
            case PickleOpcode.TUPLE2: Tuple(2); return true;
            case PickleOpcode.TUPLE3: Tuple(3); return true;
            case PickleOpcode.APPEND: var item = stack.Pop(); Top(PickleKind.List).Add(item); return true;
            case PickleOpcode.APPENDS: var items = stack.PopToMark(); Top(PickleKind.List).Add(items); return true;
            case PickleOpcode.ADDITEMS: var members = stack.PopToMark(); Top(PickleKind.Set).Add(members); return true;
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

    private void Push(PickleKind kind, ReadOnlySpan<PickleValue> items)
    {
        var list = new PickleList(kind);
        list.Add(items);
        stack.Push(PickleValue.Of(list));
    }

    private void Tuple(int count)
    {
        Span<PickleValue> items = new PickleValue[count];
        for (var i = count - 1; i >= 0; i--) items[i] = stack.Pop();
        Push(PickleKind.Tuple, items);
    }

    private void Fill(PickleDictionary dictionary, ReadOnlySpan<PickleValue> pairs, bool isNew)
    {
        if (pairs.Length % 2 != 0) throw Malformed("a key without a value");
        dictionary.Expect(pairs.Length / 2);
        for (var i = 0; i < pairs.Length; i += 2)
        {
            dictionary.Set(pairs[i].Text ?? throw Malformed(Invariant($"a key that is no text but {pairs[i].Kind}")), pairs[i + 1]);
        }

        if (isNew) stack.Push(PickleValue.Of(dictionary));
    }

    private PickleList Top(PickleKind kind) =>
        stack.Peek().List is { } list && list.Kind == kind ? list : throw Malformed(Invariant($"it adds to a {stack.Peek().Kind}"));

    private PickleDictionary TopDictionary() => stack.Peek().Dictionary ?? throw Malformed(Invariant($"it sets an item of a {stack.Peek().Kind}"));

    /// <summary>Refuses what is no plain data. Its argument is read first: where that is cut off, so is the pickle.</summary>
    private LegacyRefusedException Refusal(PickleOpcode opcode)
    {
        const string Outside = "it reaches outside the file; only plain data is read";
        switch (opcode)
        {
            case PickleOpcode.GLOBAL or PickleOpcode.INST:
                var module = PickleText.Name(input.Line(PickleLimits.NameBytes, "a name"));
                return Named(module, PickleText.Name(input.Line(PickleLimits.NameBytes, "a name")));
            case PickleOpcode.STACK_GLOBAL:
                var name = stack.Pop().Text;
                return stack.Pop().Text is { } of && name is not null ? Named(of, name) : Malformed("what it names is no text");
            case PickleOpcode.PERSID: input.Line(PickleLimits.NameBytes, "a name"); return input.Refuse(LegacyRefusal.Opcode, Outside);
            case PickleOpcode.EXT1: input.Byte(); return input.Refuse(LegacyRefusal.Opcode, Outside);
            case PickleOpcode.EXT2: input.UInt16(); return input.Refuse(LegacyRefusal.Opcode, Outside);
            case PickleOpcode.EXT4: input.UInt32(); return input.Refuse(LegacyRefusal.Opcode, Outside);
            case PickleOpcode.BINPERSID or PickleOpcode.NEXT_BUFFER or PickleOpcode.READONLY_BUFFER: return input.Refuse(LegacyRefusal.Opcode, Outside);
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
