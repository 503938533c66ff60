namespace TftPortal.Training.Network;

/// <summary>The sizes that can be chosen; the inputs' are fixed by <see cref="TftPortal.Engine.Contract.InputShape"/>.</summary>
/// <param name="Hidden">Width of the state, a multiple of <paramref name="Heads"/>; 32 by default.</param>
/// <param name="VariableHidden">Width inside a variable's own network; 16 by default.</param>
/// <param name="HeadHidden">Width inside a metric's head; 24 by default.</param>
/// <param name="Heads">Attention heads; 4 by default.</param>
internal sealed record NetworkShape(int Hidden = 32, int VariableHidden = 16, int HeadHidden = 24, int Heads = 4);

/// <summary>The network's inputs, see <see cref="TftPortal.Engine.Contract.InputBatch"/>.</summary>
internal sealed record NetworkInputs<T>(T Encoder, T EncoderTime, T Decoder, T DecoderTime, T Statics, T Profile, T Mask, T Series, T Anchors);

/// <summary>What comes out.</summary>
/// <param name="Quantiles">[V,B,96,7], scaled, ordered.</param>
/// <param name="EncoderWeights">[B,V+1]: how much each metric, and the calendar, counted in the past; sums to 1.</param>
/// <param name="DecoderWeights">[B,V+1]: the same for what is known of the time ahead.</param>
/// <param name="Attention">[B,42+32]: where the forecast looked, averaged over heads and steps ahead; sums to 1.</param>
internal sealed record NetworkOutputs<T>(T Quantiles, T EncoderWeights, T DecoderWeights, T Attention);
