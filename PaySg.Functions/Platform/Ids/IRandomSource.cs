namespace PaySg.Functions.Platform.Ids;

/// <summary>Where unpredictable bytes come from; injected so that tests can fix them.</summary>
public interface IRandomSource
{
    /// <summary>Fills the buffer with unpredictable bytes.</summary>
    void Fill(Span<byte> buffer);
}
