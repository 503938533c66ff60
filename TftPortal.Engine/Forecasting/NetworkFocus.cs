namespace TftPortal.Engine.Forecasting;

/// <summary>What the network looked at for one server, as its graph tells it.</summary>
/// <param name="Past">Weight of each metric and of the calendar, which is last, in the past: [15], adding up to 1.</param>
/// <param name="Future">The same in what is known ahead.</param>
/// <param name="Attention">Attention on each token of the past, then on each ahead: [42 + 32], adding up to 1.</param>
internal sealed record NetworkFocus(float[] Past, float[] Future, float[] Attention);
