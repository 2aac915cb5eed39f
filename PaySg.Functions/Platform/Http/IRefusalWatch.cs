namespace PaySg.Functions.Platform.Http;

/// <summary>Is told of the refused calls of one caller. It costs the call nothing: whoever listens asks storage nothing while the call lasts.</summary>
internal interface IRefusalWatch
{
    void Note(RefusedCall refused);
}
